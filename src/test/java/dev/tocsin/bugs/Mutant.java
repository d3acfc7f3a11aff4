package dev.tocsin.bugs;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** The whole code with one bug in it: all of our classes, loaded again. Thread-safe: as a class loader is. */
final class Mutant extends ClassLoader {
    private static final String OURS = "dev.tocsin.";
    private static final String SIMULATION = "dev.tocsin.simulation.Simulation";

    private final Map<String, byte[]> mistaken;

    private Mutant(Map<String, byte[]> mistaken) {
        super(new AllButOurs(Mutant.class.getClassLoader()));
        this.mistaken = mistaken;
    }

    static Mutant of(Bug bug) throws IOException {
        return new Mutant(Compiled.classes(bug.className(), bug.mistaken()));
    }

    /** What a seed of the simulation says of it; empty when it notices nothing. */
    String violation(long seed) throws ReflectiveOperationException {
        try {
            Object said =
                    loadClass(SIMULATION).getMethod("violation", long.class).invoke(null, seed);
            return String.valueOf(said);
        } catch (InvocationTargetException e) {
            return "threw " + e.getCause();
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = mistaken.containsKey(name) ? mistaken.get(name) : asItIs(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] asItIs(String name) throws ClassNotFoundException {
        try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null || !name.startsWith(OURS)) {
                throw new ClassNotFoundException(name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** What ours stands on, so that ours is loaded by the mutant. */
    private static final class AllButOurs extends ClassLoader {
        AllButOurs(ClassLoader all) {
            super(all);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(OURS)) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
