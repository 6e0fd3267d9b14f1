"""What each key of the format is called in Swedish and means, in the order of the model.

An editor shows these texts through the JSON Schema; the model itself loads without them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.model.swedish import (
    agreement,
    economy,
    follow_up,
    invoicing,
    log,
    parties,
    validity,
)
from iopctl.model.swedish.key import Block, Key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iopctl.model.base import Strict

BLOCKS: Mapping[type[Strict], Block] = {
    **agreement.BLOCKS,
    **parties.BLOCKS,
    **validity.BLOCKS,
    **economy.BLOCKS,
    **invoicing.BLOCKS,
    **follow_up.BLOCKS,
    **log.BLOCKS,
}

__all__ = ["BLOCKS", "Block", "Key"]
