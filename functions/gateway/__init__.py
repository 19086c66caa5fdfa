"""The gateway's domain: what a webhook is, how it is verified, made effective once and handed on.

Standard library only. The modules under `stores` talk to AWS, and no others do.
"""
