package io.lockkeeper.domain.run;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// A map that never changes, so that a state and the one that follows it can share it: most events change one map, or none.
final class SharedMap<V> extends AbstractMap<String, V> {
    private final Map<String, V> entries;

    private SharedMap(Map<String, V> entries) {
        this.entries = Collections.unmodifiableMap(entries);
    }

    /// In the order of its entries.
    static <V> Map<String, V> of(Map<String, V> map) {
        return map instanceof SharedMap ? map : new SharedMap<>(new LinkedHashMap<>(map));
    }

    /// In the order of its keys.
    static <V> Map<String, V> sorted(Map<String, V> map) {
        return map instanceof SharedMap ? map : new SharedMap<>(new TreeMap<>(map));
    }

    @Override
    public @Nullable V get(Object key) {
        return entries.get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return entries.containsKey(key);
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public Set<Entry<String, V>> entrySet() {
        return entries.entrySet();
    }

    /// What comes of a map: the map itself until the first change.
    static final class Draft<V> {
        private Map<String, V> map;
        private boolean changed;

        Draft(Map<String, V> map) {
            this.map = map;
        }

        Map<String, V> map() {
            return map;
        }

        private Map<String, V> change() {
            if (!changed) {
                map = new LinkedHashMap<>(map);
                changed = true;
            }
            return map;
        }

        @Nullable
        V get(String key) {
            return map.get(key);
        }

        V getOrDefault(String key, V otherwise) {
            return map.getOrDefault(key, otherwise);
        }

        Collection<V> values() {
            return map.values();
        }

        void put(String key, V value) {
            change().put(key, value);
        }

        void remove(String key) {
            if (map.containsKey(key)) {
                change().remove(key);
            }
        }

        void replaceAll(BiFunction<String, V, V> to) {
            change().replaceAll(to);
        }
    }
}
