"""Tests of POLICY, one module for each group of rules."""
