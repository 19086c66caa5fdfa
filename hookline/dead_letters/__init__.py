"""The way back for what waits in dead-letter queues: look at it, send it again, throw it away.

Three things fill them: dispatch parks what it gives up, SQS moves what was received too often, and
EventBridge leaves what it could not hand to a subscriber's queue.
"""
