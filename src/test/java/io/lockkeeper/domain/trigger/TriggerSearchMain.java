package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.trigger.World.Kind;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `TriggerSearchMain SEEDS`: worlds by kind, in how many each trigger fired, and what was wrong; `--planted` for the mistakes that must be found.
final class TriggerSearchMain {
    private TriggerSearchMain() {}

    public static void main(String[] arguments) {
        System.exit((arguments[0].equals("--planted") ? planted() : search(Long.parseLong(arguments[0]))) ? 0 : 1);
    }

    private static boolean search(long seeds) {
        var worlds = new EnumMap<Kind, Integer>(Kind.class);
        var fired = new TreeMap<String, Integer>();
        int wrong = 0;
        for (long seed = 0; seed < seeds; seed++) {
            var world = new World(seed);
            worlds.merge(world.kind, 1, Integer::sum);
            TriggerSearch.expected(new Oracle(world))
                    .forEach((trigger, tick) -> fired.merge(trigger, tick == Oracle.NEVER ? 0 : 1, Integer::sum));
            var found = TriggerSearch.wrong(seed, Planted.NONE);
            found.ifPresent(System.out::println);
            wrong += found.isPresent() ? 1 : 0;
        }
        System.out.println("worlds: " + words(worlds));
        System.out.println("worlds in which each had to fire and did: " + words(fired));
        System.out.println(seeds + " worlds, " + wrong + " wrong");
        return wrong == 0;
    }

    private static String words(Map<?, Integer> counts) {
        return counts.entrySet().stream().map(count -> count.getKey() + " " + count.getValue()).collect(Collectors.joining(", "));
    }

    private static boolean planted() {
        boolean all = true;
        for (var bug : Planted.values()) {
            if (bug != Planted.NONE) {
                var found = TriggerSearch.finds(bug);
                System.out.println(bug + ": " + found.orElse("NOT FOUND"));
                all &= found.isPresent();
            }
        }
        return all;
    }
}
