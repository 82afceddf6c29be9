"""Evaluation: what do policies decide about one request?"""
