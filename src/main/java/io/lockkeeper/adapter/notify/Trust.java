package io.lockkeeper.adapter.notify;

import io.lockkeeper.port.LinkFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Whose certificates are trusted. Read anew for each use.
final class Trust {
    private Trust() {}

    /// @param authority a file of certificates in PEM, relative to the folder; `null` for those that Java trusts
    static SSLContext of(Path folder, @Nullable String authority) throws LinkFault {
        try {
            if (authority == null) {
                return SSLContext.getDefault();
            }
            var keys = KeyStore.getInstance(KeyStore.getDefaultType());
            keys.load(null, null);
            try (var text = Files.newInputStream(folder.resolve(authority))) {
                int number = 0;
                for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(text)) {
                    keys.setCertificateEntry("authority " + number++, certificate);
                }
            }
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(keys);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw LinkFault.permanent("the certificates in " + authority + " cannot be read", e);
        }
    }
}
