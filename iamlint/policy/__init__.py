"""IAM's nouns and grammar: what does a policy document say?"""
