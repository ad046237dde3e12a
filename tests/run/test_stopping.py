"""Being told to stop, more than once."""

from __future__ import annotations

import signal

import pytest

from statusgen.run.stopping import Stopper


def test_a_wish_told_once_more_does_not_break_what_the_block_does_as_it_ends() -> None:
    stopper, done = Stopper(), []

    def check() -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        finally:
            signal.raise_signal(signal.SIGTERM)
            done.append("cleaned up")

    with stopper.listening(), pytest.raises(KeyboardInterrupt), stopper.interruptible():
        check()

    assert done == ["cleaned up"]


def test_a_wish_told_while_nothing_may_be_ended_ends_the_next_block_before_it_begins() -> None:
    stopper = Stopper()
    begun = False

    with stopper.listening():
        signal.raise_signal(signal.SIGTERM)
        with pytest.raises(KeyboardInterrupt), stopper.interruptible():
            begun = True

    assert not begun


def test_pressing_ctrl_c_again_gets_out_of_anything() -> None:
    stopper = Stopper()

    with stopper.listening():
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
