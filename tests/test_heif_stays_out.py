"""What opens HEIC is loaded where it can do no harm, and nowhere else (decision 0017)."""

import subprocess
import sys


def test_the_house_itself_does_not_load_it() -> None:
    asked = "import sys, mashrabiya.main; print([name for name in sys.modules if 'heif' in name.lower()])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"
