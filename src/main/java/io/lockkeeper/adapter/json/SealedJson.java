package io.lockkeeper.adapter.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.Settlement;
import io.lockkeeper.domain.run.StragglerChoice;
import io.lockkeeper.domain.runbook.Condition;
import io.lockkeeper.domain.runbook.Readback;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.trigger.Report;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/// JSON of the domain's records as they are: a sealed type is an object with a `type`, the simple name of the record. Fields keep the
/// order of the record, absent ones are left out, times are ISO 8601, unknown fields are passed over.
final class SealedJson {
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface Typed {}

    private SealedJson() {}

    /// @param more further sealed types on top of the domain's
    static JsonMapper mapper(List<Class<?>> more) {
        var builder = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .addModule(CountKeys.module()).disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .changeDefaultPropertyInclusion(
                        _ -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL));
        var sealedTypes = new ArrayList<Class<?>>(
                List.of(RunEvent.class, Command.class, Order.class, Outcome.class, Settlement.class,
                        StragglerChoice.class, Step.class, Condition.class, Readback.class, Report.class));
        sealedTypes.addAll(more);
        sealedTypes.forEach(type -> register(builder, type));
        return builder.build();
    }

    private static void register(JsonMapper.Builder builder, Class<?> type) {
        builder.addMixIn(type, Typed.class);
        for (var permitted : type.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                register(builder, permitted);
            } else {
                builder.registerSubtypes(new NamedType(permitted, permitted.getSimpleName()));
            }
        }
    }
}
