"""hookline.yaml: what may stand in it, how a mistake in it is told, and what it compiles to.

duration    `30d` to seconds and back
document    YAML to plain values that remember their lines
schema      the options
custom      those of sources that no provider literal describes
fields      the kinds of values that options have
pattern     filters on bodies
explain     pydantic's errors as sentences
mistakes    how a mistake is worded
references  names that entries say of each other
check       what else can only be seen with all entries at hand: limits, and what deserves a warning
load        all of these in order: a file to a `Configuration`, or every mistake that is in it
compile     a `Configuration` to the functions' `hookline.json` and to EventBridge's patterns
"""
