"""The local gateway: the same template, deployed with the same command into an emulator on this machine."""
