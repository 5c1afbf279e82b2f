package io.lockkeeper.adapter.journal;

import io.lockkeeper.domain.journal.Draft;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.journal.Head;
import io.lockkeeper.domain.journal.Verification;
import io.lockkeeper.port.Journal;
import io.lockkeeper.port.JournalFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journal as a file of JSON lines, each hanging on the one before. One writer, any number of readers.
public final class FileJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);
    private static final int RESERVE_BYTES = 1 << 20;
    private static final int RECENT = 5_000;

    private final JournalFiles files;
    private final JournalLock lock;
    private final FileChannel channel;
    private final Anchors anchors;
    private final String notice;
    private final Identity identity;
    private final Deque<Entry> recent = new ConcurrentLinkedDeque<>();
    private volatile Head head;
    private long length;
    private boolean reserveReleased;

    private FileJournal(JournalFiles files, JournalLock lock, FileChannel channel, JournalScan.Result found, String notice)
            throws IOException {
        this.files = files;
        this.identity = Identity.of(files);
        this.lock = lock;
        this.channel = channel;
        this.anchors = new Anchors(files.anchorFile());
        this.head = found.head();
        this.length = found.wholeBytes();
        this.notice = notice;
    }

    /// Opens a journal for writing, making it where there is none. A torn last line is set aside; a cut or altered journal is left
    /// exactly as it is and refused.
    ///
    /// @param holder who this is, for the words of those who come second
    public static FileJournal open(JournalFiles files, String holder) throws JournalFailure {
        return open(files, holder, Disk.OWN);
    }

    /// @param disk which disks are trusted with it
    public static FileJournal open(JournalFiles files, String holder, Disk disk) throws JournalFailure {
        JournalLock lock = null;
        try {
            files.create();
            disk.check(files.folder());
            lock = JournalLock.take(files.lock(), holder);
            var verification = verify(files);
            if (!verification.sound()) {
                throw new JournalFailure("journal " + files.journal() + " is " + verification.words()
                        + ". It was left as it is. Look into it, then move it away to begin a new one");
            }
            var found = new JournalScan(files).follow(_ -> {
            });
            var channel = FileChannel.open(files.journal(), StandardOpenOption.READ, StandardOpenOption.WRITE);
            var notice = setAside(files, channel, found) + unanchored(files, verification);
            var journal = new FileJournal(files, lock, channel, found, notice);
            journal.reserve();
            return journal;
        } catch (IOException e) {
            close(lock);
            throw new JournalFailure("journal " + files.journal() + " cannot be opened for writing: " + words(e)
                    + ". Check that the folder exists, is yours and is not read-only, or choose another with --home", e);
        } catch (JournalFailure e) {
            close(lock);
            throw e;
        }
    }

    /// Every beginning of a run leaves an anchor: where there is none they were lost or taken away.
    private static String unanchored(JournalFiles files, Verification verification) {
        return verification instanceof Verification.Intact(long entries, int anchors, _) && entries > 0 && anchors == 0
                ? "the journal has " + entries + " entries and not one anchor in " + files.anchorFile()
                        + ": somebody took them away, so nothing shows whether it is whole; anchors are kept again from here on"
                : "";
    }

    private static void close(@Nullable JournalLock lock) {
        if (lock != null) {
            lock.close();
        }
    }

    static String words(IOException e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + e.getMessage());
    }

    private static String setAside(JournalFiles files, FileChannel channel, JournalScan.Result found) throws IOException {
        if (found.tornBytes() == 0) {
            return "";
        }
        Path aside = files.folder().resolve("torn-" + (found.head().seq() + 1) + "-1.bin");
        for (int n = 2; Files.exists(aside); n++) {
            aside = files.folder().resolve("torn-" + (found.head().seq() + 1) + "-" + n + ".bin");
        }
        var torn = ByteBuffer.allocate((int) found.tornBytes());
        channel.read(torn, found.wholeBytes());
        JournalFiles.createFile(aside);
        try (var out = FileChannel.open(aside, StandardOpenOption.WRITE)) {
            out.write(torn.flip());
            out.force(true);
        }
        channel.truncate(found.wholeBytes());
        channel.force(true);
        return "the last line was torn (the writer was stopped in the middle of it); its " + found.tornBytes()
                + " bytes are kept in " + aside;
    }

    @Override
    public Optional<String> notice() {
        return notice.isEmpty() ? Optional.empty() : Optional.of(notice);
    }

    /// Reads the whole journal and its anchors; needs no lock and may be called while a holder writes.
    public static Verification verify(JournalFiles files) throws JournalFailure {
        try {
            return new JournalScan(files).verify();
        } catch (IOException e) {
            throw new JournalFailure("journal " + files.journal() + " cannot be read: " + words(e), e);
        }
    }

    /// Entries of a journal that somebody else may be writing; a line that is not finished yet is not there yet.
    public static List<Entry> entries(JournalFiles files, long fromSeq) throws JournalFailure {
        try {
            var entries = new ArrayList<Entry>();
            new JournalScan(files).follow(entry -> {
                if (entry.seq() >= fromSeq) {
                    entries.add(entry);
                }
            });
            return entries;
        } catch (IOException e) {
            throw new JournalFailure("journal " + files.journal() + " cannot be read: " + words(e), e);
        }
    }

    @Override
    public List<Entry> append(List<Draft> drafts, boolean anchor) throws JournalFailure {
        var entries = new ArrayList<Entry>();
        var text = new StringBuilder();
        var last = head;
        for (var draft : drafts) {
            var line = JournalLine.write(draft, last.seq() + 1, last.hash());
            entries.add(line.entry());
            text.append(line.text()).append('\n');
            last = new Head(line.entry().seq(), line.entry().hash());
        }
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        write(bytes);
        boolean due = head.seq() / Anchors.EVERY != last.seq() / Anchors.EVERY;
        length += bytes.length;
        remember(entries);
        head = last;
        if ((anchor || due) && !entries.isEmpty()) {
            keepAnchor(entries.getLast());
        }
        reserve();
        return entries;
    }

    /// Somebody deleted the lock and holds a new one, restored an older copy, or wrote into the file: two writers would spoil the chain.
    private void stillOurs() throws JournalFailure {
        try {
            if (!identity.equals(Identity.of(files)) || channel.size() != length) {
                throw new JournalFailure("journal " + files.journal()
                        + " or its lock was replaced or changed by somebody else since"
                        + " this process opened it. It writes nothing more to it: end it, look with `journal verify`, then start again");
            }
        } catch (IOException e) {
            throw new JournalFailure("journal " + files.journal() + " or its lock is gone (" + words(e)
                    + "). This process writes nothing more to it: put them back, or end it", e);
        }
    }

    private void write(byte[] bytes) throws JournalFailure {
        stillOurs();
        try {
            var buffer = ByteBuffer.wrap(bytes);
            long at = length;
            while (buffer.hasRemaining()) {
                at += channel.write(buffer, at);
            }
            channel.force(false);
        } catch (IOException e) {
            takeBack(e);
            var why = "journal " + files.journal() + " cannot be written (" + bytes.length + " bytes needed): " + words(e);
            throw String.valueOf(e.getMessage()).contains("No space left")
                    ? new JournalFailure.DiskFull(why + ". Free some space there; everything acknowledged before is safe", e)
                    : new JournalFailure(why, e);
        }
    }

    /// Half a line must never be found later as if it had been acknowledged.
    private void takeBack(IOException cause) {
        try {
            channel.truncate(length);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /// An anchor that cannot be kept weakens the proof and stops nothing: the entry itself is durable.
    private void keepAnchor(Entry entry) {
        try {
            anchors.keep(new Head(entry.seq(), entry.hash()), entry.at());
        } catch (IOException e) {
            LOG.warn("anchor of entry {} could not be kept: {}", entry.seq(), words(e));
        }
    }

    private void reserve() {
        if (reserveReleased || Files.exists(files.reserve())) {
            return;
        }
        try {
            JournalFiles.createFile(files.reserve());
            try (var out = FileChannel.open(files.reserve(), StandardOpenOption.WRITE)) {
                out.write(ByteBuffer.allocate(RESERVE_BYTES));
                out.force(true);
            }
        } catch (IOException e) {
            deleteReserve(); // half a reserve would take the room that entries need now
        }
    }

    private void deleteReserve() {
        try {
            Files.deleteIfExists(files.reserve());
        } catch (IOException e) {
            LOG.warn("the reserve file could not be deleted: {}", words(e));
        }
    }

    private void remember(List<Entry> entries) {
        recent.addAll(entries);
        while (recent.size() > RECENT) {
            recent.removeFirst();
        }
    }

    /// What was appended lately comes from memory: followers ask for it all the time.
    @Override
    public List<Entry> read(long fromSeq) throws JournalFailure {
        if (fromSeq > head.seq()) {
            return List.of();
        }
        var first = recent.peekFirst();
        if (first != null && first.seq() <= fromSeq) {
            return recent.stream().filter(entry -> entry.seq() >= fromSeq).toList();
        }
        return entries(files, fromSeq);
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public void releaseReserve() {
        reserveReleased = true;
        deleteReserve();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("the journal could not be closed: {}", words(e));
        } finally {
            lock.close();
        }
    }
}
