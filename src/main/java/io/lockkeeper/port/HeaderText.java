package io.lockkeeper.port;

import java.nio.charset.StandardCharsets;

/// Text of a [Call] as an HTTP header can carry it: what is not printable ASCII is percent-encoded UTF-8.
public final class HeaderText {
    private static final int LONGEST = 1000;

    private HeaderText() {}

    public static String of(String text) {
        var safe = new StringBuilder();
        for (byte one : text.strip().getBytes(StandardCharsets.UTF_8)) {
            if (one >= ' ' && one < 0x7f) {
                safe.append((char) one);
            } else {
                safe.append(String.format("%%%02X", one));
            }
        }
        return safe.length() > LONGEST ? safe.substring(0, LONGEST) : safe.toString();
    }
}
