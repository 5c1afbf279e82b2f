package io.lockkeeper.adapter.keys;

/// A process that uses the keychain of its session: the variables of a session cannot be those of the tests.
final class KeychainProcess {
    private KeychainProcess() {}

    public static void main(String[] arguments) {
        var keychain = new Keychain(System.getProperty("os.name"));
        try {
            if (arguments[0].equals("create")) {
                System.out.println("made " + keychain.create(arguments[1]).publicHalf());
                return;
            }
            var found = keychain.find(arguments[1]);
            if (found.isPresent()) {
                found.get().sign("something");
            }
            System.out.println(found.map(key -> "found " + key.publicHalf()).orElse("none"));
        } catch (Unusable e) {
            System.out.println("refused " + e.why());
        }
    }
}
