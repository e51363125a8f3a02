# SPDX-License-Identifier: Apache-2.0
"""No planted secret of the reference plans in any output, in whatever encoding; redaction of a
redacted plan changes nothing, and both get one verdict (tests/redact/leaks.py);
with `tests/run --each`, since tests/corpus looks for them in its own way every time."""

import glob
import os
import subprocess
import sys

if not {"SHARED", "EACH"} <= os.environ.keys():
    sys.exit(78)
FOLDERS = sorted(os.path.dirname(plan)
                 for plan in glob.glob(os.path.join(os.environ["SHARED"], "corpus/plans/*/plan.json")))
if not FOLDERS:
    sys.exit("no plan below " + os.environ["SHARED"])
sys.exit(subprocess.run([sys.executable, os.path.join(os.environ["SOURCE"], "tests/redact/leaks.py"),
                         os.path.join(os.environ["BUILD"], "weir"), *FOLDERS],
                        check=False).returncode)
