"""What does a source say, and where: sources, spans, trees and edits; knows nothing of IAM."""
