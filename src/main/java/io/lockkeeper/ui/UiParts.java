package io.lockkeeper.ui;

import io.lockkeeper.app.RunbookLibrary;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// What the window needs of the rest of the program.
///
/// @param environments asked anew whenever the list is shown; the demo comes first
/// @param clock for ages on screen
/// @param actor who sits here
/// @param ownFiles where one's own environment files are looked for, in words
public record UiParts(FxThread fx, Supplier<List<EnvironmentChoice>> environments, RunbookLibrary library, InstantSource clock,
        String actor, UiSettings settings, String ownFiles, Exports exports) {}
