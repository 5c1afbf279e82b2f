package io.lockkeeper.ui.control.chart;

import io.lockkeeper.app.signals.Points;

/// One series of a chart.
///
/// @param name who says so, e.g. `balancers`
public record Line(String name, Points points) {}
