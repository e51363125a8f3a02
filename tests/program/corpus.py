# SPDX-License-Identifier: Apache-2.0
"""The thresholds of tests/corpus over the reference plans, where they stand beside the project; with
`tests/run --each` (tests/distcheck) the redactions of the unlabelled ones too."""

import os
import subprocess
import sys

if "SHARED" not in os.environ:
    sys.exit(78)
sys.exit(subprocess.run([sys.executable, os.path.join(os.environ["SOURCE"], "tests", "corpus"),
                         *([] if "EACH" in os.environ else ["--quick"])],
                        check=False).returncode)
