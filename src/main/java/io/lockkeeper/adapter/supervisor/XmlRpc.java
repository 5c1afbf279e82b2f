package io.lockkeeper.adapter.supervisor;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// The part of XML-RPC that supervisord speaks. The libraries for it on Maven Central are no longer maintained, and this is all of it
/// that is needed: calls with texts, numbers and truths; replies of any shape.
final class XmlRpc {
    private XmlRpc() {}

    /// The other side's own error.
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;
        private final int code;
        private final String words;

        Fault(int code, String words) {
            super(words);
            this.code = code;
            this.words = words;
        }

        int code() {
            return code;
        }

        String words() {
            return words;
        }
    }

    /// What came back is no reply.
    static final class Garbled extends Exception {
        private static final long serialVersionUID = 1L;

        Garbled(String message, Throwable cause) {
            super(message, cause);
        }

        Garbled(String message) {
            super(message);
        }
    }

    static String call(String method, Object... parameters) {
        var xml = new StringBuilder("<?xml version=\"1.0\"?><methodCall><methodName>").append(escape(method))
                .append("</methodName><params>");
        for (var parameter : parameters) {
            xml.append("<param><value>").append(switch (parameter) {
                case Boolean truth -> "<boolean>" + (truth ? 1 : 0) + "</boolean>";
                case Integer number -> "<int>" + number + "</int>";
                default -> "<string>" + escape(parameter.toString()) + "</string>";
            }).append("</value></param>");
        }
        return xml.append("</params></methodCall>").toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /// Text, `Long`, `Boolean`, `List` or `Map`.
    static Object reply(String xml) throws Fault, Garbled {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            var reader = factory.createXMLStreamReader(new StringReader(xml));
            boolean fault = false;
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                    switch (reader.getLocalName()) {
                        case "fault" -> fault = true;
                        case "value" -> {
                            return result(value(reader), fault);
                        }
                        default -> {
                            // wrapping elements say nothing
                        }
                    }
                }
            }
            throw new Garbled("the reply holds no value");
        } catch (XMLStreamException | NumberFormatException e) {
            throw new Garbled("the reply is no XML-RPC", e);
        }
    }

    private static Object result(Object value, boolean fault) throws Fault {
        if (fault && value instanceof Map<?, ?> struct) {
            var code = struct.get("faultCode") instanceof Long number ? number.intValue() : 0;
            throw new Fault(code, String.valueOf(struct.get("faultString")));
        }
        return value;
    }

    private static Object value(XMLStreamReader reader) throws XMLStreamException {
        var text = new StringBuilder();
        Object typed = null;
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.CHARACTERS -> text.append(reader.getText());
                case XMLStreamConstants.START_ELEMENT -> typed = typed(reader);
                case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> {
                    return typed == null ? text.toString() : typed;
                }
                default -> {
                    // comments and the like
                }
            }
        }
    }

    private static Object typed(XMLStreamReader reader) throws XMLStreamException {
        return switch (reader.getLocalName()) {
            case "int", "i4", "i8" -> Long.parseLong(reader.getElementText().strip());
            case "boolean" -> reader.getElementText().strip().equals("1");
            case "struct" -> struct(reader);
            case "array" -> array(reader);
            case "nil" -> {
                reader.getElementText();
                yield "";
            }
            default -> reader.getElementText();
        };
    }

    private static Map<String, Object> struct(XMLStreamReader reader) throws XMLStreamException {
        var struct = new LinkedHashMap<String, Object>();
        var name = "";
        while (true) {
            int event = reader.next();
            if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("struct")) {
                return struct;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (reader.getLocalName()) {
                    case "name" -> name = reader.getElementText();
                    case "value" -> struct.put(name, value(reader));
                    default -> {
                        // member
                    }
                }
            }
        }
    }

    private static List<Object> array(XMLStreamReader reader) throws XMLStreamException {
        var items = new ArrayList<Object>();
        while (true) {
            int event = reader.next();
            if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("array")) {
                return items;
            }
            if (event == XMLStreamConstants.START_ELEMENT && reader.getLocalName().equals("value")) {
                items.add(value(reader));
            }
        }
    }
}
