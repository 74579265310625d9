"""Whoever imports this has the engine, and so has what is forked from it: the tests' process, the fork server."""

from imprint.localize.check.profile import profile_for
from imprint.localize.check.run import check_translation
from imprint.localize.check.subject import Pair
from imprint.schedule.worker import warm_up
from tests.papers import ENGINE

warm_up(ENGINE)
# The number words of Chinese, which nearly every paper of the tests is translated to, are spelled out once.
check_translation(Pair("two", ("两个",)), profile_for("zh-Hans"))
