package terrazzo.app.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import terrazzo.app.notice.Notice;
import terrazzo.app.spi.StudioServices;

/// Reads what a workspace told the session journal in another run. UI thread only.
public final class SessionReader {

    private static final Logger log = LoggerFactory.getLogger(SessionReader.class);

    private final StudioServices services;
    private final ObjectMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /// @param services where files that are gone are told
    public SessionReader(StudioServices services) {
        this.services = services;
    }

    /// The record as it was saved; empty when it is damaged or not whole. Numbers that are missing are zero.
    public <T extends Record> Optional<T> read(JsonNode saved, Class<T> type) {
        try {
            return Optional.of(json.treeToValue(saved, type));
        } catch (JsonProcessingException e) {
            log.warn("can't resume: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /// Those of the files that still exist; the others are told.
    public List<Path> existing(List<Path> files) {
        List<Path> gone = files.stream().filter(f -> !Files.exists(f)).toList();
        if (!gone.isEmpty()) {
            services.notices()
                    .show(Notice.info(
                            services.texts().get("session.gone", gone.size()),
                            gone.getFirst().toString()));
        }
        return files.stream().filter(f -> !gone.contains(f)).toList();
    }
}
