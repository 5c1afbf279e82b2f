package io.lockkeeper.app.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.app.EnvironmentAccess.Unavailable;
import io.lockkeeper.app.Scenes;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.history.MonthSpent;
import io.lockkeeper.ui.SceneAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpisodeReaderTest {
    private static final Duration DAY = Duration.ofHours(24);

    @Test
    void whatIsRememberedAndWhatWasKeptIsOneList() throws InterruptedException {
        var scene = Scenes.signalsFired();
        var read = new EpisodeReader(new SceneAccess(scene), scene.archive()).read(DAY, scene.now());
        assertThat(read.trail().episodes()).hasSize(11);
        assertThat(read.missing()).isEmpty();
    }

    @Test
    void whereOneCannotBeAskedTheOtherIsShownAndThatIsSaid() throws InterruptedException {
        var scene = Scenes.signalsFired();
        var broken = new Archive() {
            @Override
            public List<KeptEpisode> episodes(Instant from, Instant to, int most) throws Unavailable {
                throw new Unavailable("signals.db is damaged");
            }

            @Override
            public MonthSpent month(Instant now) throws Unavailable {
                throw new Unavailable("signals.db is damaged");
            }
        };
        var read = new EpisodeReader(new SceneAccess(scene), broken).read(DAY, scene.now());
        assertThat(read.trail().episodes()).hasSize(10);
        assertThat(read.missing()).containsExactly("the history is missing: signals.db is damaged");
    }
}
