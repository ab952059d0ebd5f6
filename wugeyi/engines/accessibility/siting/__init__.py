"""Where the next k facilities help most, and how good that answer is.

``cover`` finds which homes each candidate site serves within the limit; ``best`` chooses
at once and gives a bound; ``prove`` searches on until nothing better can exist.
"""

from wugeyi.engines.accessibility.siting.asking import best
from wugeyi.engines.accessibility.siting.choice import Choice, Progress
from wugeyi.engines.accessibility.siting.proof import prove
from wugeyi.engines.accessibility.siting.sets import Sets, cover

__all__ = ["Choice", "Progress", "Sets", "best", "cover", "prove"]
