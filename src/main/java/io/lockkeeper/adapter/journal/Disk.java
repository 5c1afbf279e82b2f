package io.lockkeeper.adapter.journal;

import io.lockkeeper.port.JournalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/// On which disks a journal may lie. On one that is reached over a network neither the lock (one holder) nor a forced write (durable before
/// anything follows) can be relied upon.
///
/// @param kinds names the kind of file system that a folder is on
/// @param network whether one on a network is taken all the same
public record Disk(Kinds kinds, boolean network) {
    /// Disks of this computer only.
    public static final Disk OWN = new Disk(folder -> Files.getFileStore(folder).type(), false);

    /// Any disk, at the operator's own risk.
    public static final Disk ANY = new Disk(OWN.kinds(), true);

    /// The variable of the environment that allows them.
    public static final String VARIABLE = "LOCKKEEPER_NETWORK_DISK";

    private static final Set<String> NETWORK = Set.of("nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs",
            "9p", "afs",
            "ceph", "lustre", "glusterfs", "gpfs", "beegfs", "davfs", "davfs2", "webdav", "ncpfs", "fuse.sshfs", "fuse.s3fs",
            "fuse.rclone",
            "fuse.glusterfs", "fuse.ceph-fuse", "fuse.gcsfuse", "fuse.goofys", "fuse.juicefs", "fuse.davfs", "fuse.davfs2",
            "fuse.gvfsd-fuse", "fuse.smbnetfs", "macfuse", "osxfuse");

    /// Asks the system.
    public interface Kinds {
        String of(Path folder) throws IOException;
    }

    void check(Path folder) throws IOException, JournalFailure {
        var kind = kinds.of(folder).toLowerCase(Locale.ROOT);
        if (!network && NETWORK.contains(kind)) {
            throw new JournalFailure("journal folder " + folder + " is on a network disk (" + kind
                    + "): neither its lock nor what is"
                    + " written can be relied upon there. Set LOCKKEEPER_HOME to a folder on a disk of this computer, or, where you know"
                    + " that nobody else uses it and that a forced write is one, " + VARIABLE + "=allow");
        }
    }
}
