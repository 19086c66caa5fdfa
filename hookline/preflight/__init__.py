"""What a deployment would lose: entries that are deployed, no longer in hookline.yaml, and not empty.

removal    the decision, an entry a line
holdings   what an entry holds, on AWS: in its queues and in the ledger
"""
