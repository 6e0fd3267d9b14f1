"""What each key of the format is called in Swedish and means, in the order of the model.

An editor shows these texts through the JSON Schema; the model itself loads without them.
"""

from iopctl.model.swedish import (
    agreement,
    economy,
    follow_up,
    index,
    invoicing,
    log,
    parties,
    validity,
)
from iopctl.model.swedish.key import Blocks, BlockText, Key

BLOCKS: Blocks = {
    **agreement.BLOCKS,
    **parties.BLOCKS,
    **validity.BLOCKS,
    **economy.BLOCKS,
    **index.BLOCKS,
    **invoicing.BLOCKS,
    **follow_up.BLOCKS,
    **log.BLOCKS,
}

__all__ = ["BLOCKS", "BlockText", "Key"]
