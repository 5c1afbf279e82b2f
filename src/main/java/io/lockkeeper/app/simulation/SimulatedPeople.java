package io.lockkeeper.app.simulation;

import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Guards;
import io.lockkeeper.domain.environment.Person;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// The roster of an environment with keys made for the simulation: what they sign is checked as ever, and is worth nothing elsewhere.
public record SimulatedPeople(Environment environment, Map<String, PrivateKey> keys) {
    /// Somebody of one name has the same key in every simulation, so that one seed has one journal.
    public static SimulatedPeople of(Environment real) {
        if (real.people().isEmpty()) {
            return new SimulatedPeople(real, Map.of());
        }
        var keys = new TreeMap<String, PrivateKey>();
        var people = new ArrayList<Person>();
        try {
            var maker = KeyPairGenerator.getInstance("Ed25519");
            for (var person : real.people()) {
                maker.initialize(NamedParameterSpec.ED25519, new Repeatable(person.name()));
                var pair = maker.generateKeyPair();
                keys.put(person.name(), pair.getPrivate());
                people.add(new Person(person.name(), Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()),
                        person.may()));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has Ed25519", e);
        }
        var guards = real.guards();
        return new SimulatedPeople(new Environment(real.name(), real.tier(), real.hash(), real.nodes(), real.balancers(),
                real.versions(), real.floor(), real.capabilities(), real.closeCode(),
                new Guards(people, guards.capacity(), guards.pipeline(), guards.control()), real.errands()), keys);
    }

    private static final class Repeatable extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final Random random;

        Repeatable(String name) {
            random = new Random(name.hashCode());
        }

        @Override
        public void nextBytes(byte[] bytes) {
            random.nextBytes(bytes);
        }
    }

    List<String> names() {
        return List.copyOf(keys.keySet());
    }

    /// @return Base64; empty for somebody who is not on the roster
    Optional<String> sign(String name, String text) {
        var key = keys.get(name);
        if (key == null) {
            return Optional.empty();
        }
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Optional.of(Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime signs with Ed25519", e);
        }
    }
}
