package io.lockkeeper.adapter.notify;

import io.lockkeeper.domain.environment.ChannelSpec;
import io.lockkeeper.domain.environment.ChannelSpec.Security;
import io.lockkeeper.domain.notify.Notification;
import io.lockkeeper.domain.notify.Payload;
import io.lockkeeper.domain.notify.Receipt;
import io.lockkeeper.port.HeaderText;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Notifier;
import io.lockkeeper.port.Secrets;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Date;
import java.util.HexFormat;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/// Mail over SMTP by Eclipse Angus. Of what the server says nothing is ever shown but its codes: some repeat what they were sent.
public final class Mail implements Notifier {
    private static final Pattern CODE = Pattern.compile("^(\\d{3})\\b.*", Pattern.DOTALL);

    private final ChannelSpec.Smtp spec;
    private final Path folder;
    private final Secrets secrets;

    /// @param folder of the environment file
    public Mail(ChannelSpec.Smtp spec, Path folder, Secrets secrets) {
        this.spec = spec;
        this.folder = folder;
        this.secrets = secrets;
    }

    @Override
    public String endpoint() {
        return "mail by " + server();
    }

    private String server() {
        return spec.host() + ":" + spec.port();
    }

    @Override
    public Receipt send(Notification notification, Duration limit) {
        try {
            var session = Session.getInstance(properties(limit));
            var message = message(session, notification);
            var transport = (SMTPTransport) session.getTransport("smtp");
            try {
                var failed = connect(transport);
                return failed == null ? deliver(transport, message) : failed;
            } finally {
                close(transport);
            }
        } catch (LinkFault fault) {
            return new Receipt.Refused(fault.why());
        } catch (MessagingException e) { // before a connection was so much as tried
            return new Receipt.Refused("no mail can be made of it (" + e.getClass().getSimpleName() + ")");
        }
    }

    private Properties properties(Duration limit) throws LinkFault {
        var properties = new Properties();
        var each = String.valueOf(Math.max(1, limit.dividedBy(3).toMillis()));
        properties.setProperty("mail.smtp.connectiontimeout", each);
        properties.setProperty("mail.smtp.timeout", each);
        properties.setProperty("mail.smtp.writetimeout", each);
        properties.setProperty("mail.smtp.auth", String.valueOf(spec.user() != null));
        properties.setProperty("mail.smtp.quitwait", "false");
        properties.setProperty("mail.smtp.sendpartial", "false");
        if (spec.security() != Security.NONE) {
            boolean start = spec.security() == Security.STARTTLS;
            properties.setProperty("mail.smtp.starttls.enable", String.valueOf(start));
            properties.setProperty("mail.smtp.starttls.required", String.valueOf(start));
            properties.setProperty("mail.smtp.ssl.enable", String.valueOf(!start));
            properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
            properties.setProperty("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
            properties.put("mail.smtp.ssl.socketFactory", Trust.of(folder, spec.authority()).getSocketFactory());
        }
        return properties;
    }

    /// A mail that knows whether it has begun to be sent: once the server has said 354, only its last word tells what became of it.
    private static final class Letter extends MimeMessage {
        private final String id;
        private boolean begun;

        Letter(Session session, String id) {
            super(session);
            this.id = id;
        }

        /// The same at every attempt, so that a mail server can tell.
        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }

        @Override
        public void writeTo(OutputStream to, String[] ignored) throws IOException, MessagingException {
            begun = true;
            super.writeTo(to, ignored);
        }
    }

    private Letter message(Session session, Notification notification) throws MessagingException {
        var id = "<" + hash(notification.id()) + "@lockkeeper." + spec.from().substring(spec.from().indexOf('@') + 1) + ">";
        var message = new Letter(session, id);
        message.setFrom(new InternetAddress(spec.from()));
        for (var to : spec.to()) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(to));
        }
        message.setSubject(Payload.subject(spec, notification), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(notification.at()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("Lockkeeper-Notification", HeaderText.of(notification.id()));
        if (notification.urgent()) {
            message.setHeader("Importance", "high");
        }
        message.setText(Payload.text(spec.route(), notification) + "\n", StandardCharsets.UTF_8.name());
        message.saveChanges();
        return message;
    }

    private static String hash(String text) {
        try {
            var all = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// @return why there is no connection to send over; `null` when there is one
    private @Nullable Receipt connect(SMTPTransport transport) throws LinkFault {
        var password = spec.password();
        var secret = password == null ? null : secrets.read(password).reveal();
        try {
            transport.connect(spec.host(), spec.port(), spec.user(), secret);
            return null;
        } catch (AuthenticationFailedException e) {
            var said = CODE.matcher(String.valueOf(e.getMessage())); // the connection, and its last code with it, is gone by now
            int code = said.matches() ? Integer.parseInt(said.group(1)) : 0;
            if (code < 500) {
                return new Receipt.Later(
                        code == 0
                                ? "the connection to " + server() + " was lost at the login"
                                : "SMTP " + code + " to the login at " + server(),
                        null);
            }
            return new Receipt.Refused("SMTP " + code + " from " + server() + ": wrong user or password");
        } catch (MessagingException e) {
            return unconnected(e, transport.getLastReturnCode());
        }
    }

    private Receipt unconnected(MessagingException e, int code) {
        if (String.valueOf(e.getMessage()).startsWith("STARTTLS is required")) {
            return new Receipt.Refused(server() + " offers no STARTTLS");
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException || String.valueOf(cause.getMessage()).contains("identity of server")) {
                return new Receipt.Refused("no trusted TLS connection to " + server());
            }
            if (cause instanceof UnknownHostException) {
                return new Receipt.Later("the host of " + server() + " is not known", null);
            }
        }
        return code >= 500
                ? new Receipt.Refused("SMTP " + code + " from " + server())
                : new Receipt.Later(code >= 400 ? "SMTP " + code + " from " + server() : "no connection to " + server(), null);
    }

    private Receipt deliver(SMTPTransport transport, Letter message) {
        try {
            transport.sendMessage(message, message.getAllRecipients());
            return new Receipt.Accepted("SMTP " + transport.getLastReturnCode() + " from " + server());
        } catch (MessagingException e) {
            return undelivered(e, message.begun);
        }
    }

    private Receipt undelivered(MessagingException failure, boolean begun) {
        int code = 0;
        for (Exception e = failure; e != null; e = e instanceof MessagingException one ? one.getNextException() : null) {
            switch (e) {
                case SMTPSendFailedException one -> code = Math.max(code, one.getReturnCode());
                case SMTPAddressFailedException one -> code = Math.max(code, one.getReturnCode());
                case SMTPSenderFailedException one -> code = Math.max(code, one.getReturnCode());
                default -> {
                    // says nothing more
                }
            }
        }
        if (code >= 500) {
            return new Receipt.Refused("SMTP " + code + " from " + server());
        }
        if (code >= 400) {
            return new Receipt.Later("SMTP " + code + " from " + server(), null);
        }
        return begun
                ? new Receipt.Unknown("the connection to " + server() + " was lost after the mail was sent and before the answer")
                : new Receipt.Later("the connection to " + server() + " was lost before the mail was sent", null);
    }

    private static void close(SMTPTransport transport) {
        try {
            transport.close();
        } catch (MessagingException _) {
            // what became of the mail is known by now
        }
    }
}
