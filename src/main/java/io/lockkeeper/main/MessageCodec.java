package io.lockkeeper.main;

import io.lockkeeper.adapter.json.JsonMessages;
import io.lockkeeper.adapter.socket.SocketDoorway;
import io.lockkeeper.port.Message;
import java.io.IOException;

/// What holder and followers say to each other, as JSON.
final class MessageCodec implements SocketDoorway.Codec {
    @Override
    public String encode(Message message) {
        return JsonMessages.encode(message);
    }

    @Override
    public Message decode(String line) throws IOException {
        return JsonMessages.decode(line);
    }
}
