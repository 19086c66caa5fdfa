"""What function subscribers have of their own: tables, grants, environment. One module a function.

Each holds `configure(function, subscriber)`: `function` is the Lambda function, `subscriber` the nested stack
for further resources. A function that has nothing of its own needs no module.
"""
