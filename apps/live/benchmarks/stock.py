"""Channels as its documentation shows it: a consumer in a group of the pub/sub layer."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wargame.settings")
django.setup()

from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402

GROUP = "benchmark.stock"


class StockConsumer(AsyncWebsocketConsumer):
    """Joins the group and passes on what comes."""

    async def connect(self):
        """Join and accept."""
        await self.channel_layer.group_add(GROUP, self.channel_name)
        await self.accept()

    async def disconnect(self, code):
        """Leave the group."""
        await self.channel_layer.group_discard(GROUP, self.channel_name)

    async def payload(self, event):
        """Send one message of the group."""
        await self.send(text_data=event["text"])


application = StockConsumer.as_asgi()
