package io.lockkeeper.domain.doc;

/// A place in a text file, as editors count: line and column from 1.
public record Mark(String file, int line, int column) implements Comparable<Mark> {
    @Override
    public int compareTo(Mark other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }

    /// `file:line:column`, as compilers print it and editors jump to.
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
