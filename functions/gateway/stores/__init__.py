"""The only modules that talk to AWS. Each turns boto3's errors into `StoreUnavailable`."""
