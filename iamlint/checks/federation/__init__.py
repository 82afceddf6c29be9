"""Whom do identity providers let in?"""
