# SPDX-License-Identifier: Apache-2.0
"""docs/audit.md judges what weir says of the reference plans, where they stand beside the project;
with `tests/run --each`."""

import os
import subprocess
import sys

if not {"SHARED", "EACH"} <= os.environ.keys():
    sys.exit(78)
sys.exit(subprocess.run([sys.executable, os.path.join(os.environ["SOURCE"], "tests", "audit")],
                        check=False).returncode)
