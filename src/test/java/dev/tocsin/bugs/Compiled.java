package dev.tocsin.bugs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles one source in memory, against the class path of the tests. Plain javac: no linter is asked about a bug. */
final class Compiled {
    private static final List<String> OPTIONS = List.of(
            "-proc:none", "-implicit:none", "-nowarn", "-g", "-classpath", System.getProperty("java.class.path"));

    private Compiled() {}

    /** The classes of the source by name. */
    static Map<String, byte[]> classes(String className, String source) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
        try (Output output = new Output(javac.getStandardFileManager(told, null, StandardCharsets.UTF_8))) {
            boolean compiled = javac.getTask(null, output, told, OPTIONS, null, List.of(new Source(className, source)))
                    .call();
            if (!compiled) {
                throw new IllegalArgumentException("a bug must compile: "
                        + told.getDiagnostics().stream().map(Object::toString).collect(Collectors.joining("\n")));
            }
            Map<String, byte[]> classes = new HashMap<>();
            output.written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        Output(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return written.computeIfAbsent(className, name -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
