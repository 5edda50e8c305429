"""What is measured: each group is some jobs to run in turn and the rows that follow from them."""

from .generating import Generating
from .training import Regularisation, Training
from .transformer import Length, Transformer
from .continuing import Continuing
from .readers import Readers

ALL = {
    group.name: group
    for group in [Training, Regularisation, Generating, Transformer, Length, Continuing, Readers]
}
