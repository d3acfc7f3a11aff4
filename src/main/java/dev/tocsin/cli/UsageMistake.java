package dev.tocsin.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line: the mistake, what was likely meant, and where help is. */
final class UsageMistake implements IParameterExceptionHandler {
    private static final int MESSAGE_MAX = 1000;

    @Override
    public int handleParseException(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        /* Arguments may be hostile: scripts hand over texts that they got from others. */
        err.println(Printable.of(String.valueOf(mistake.getMessage()), MESSAGE_MAX));
        if (!UnmatchedArgumentException.printSuggestions(mistake, err)) {
            if (arguments.length == 0) {
                command.usage(err);
            } else {
                err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
            }
        }
        err.flush();
        return TocsinCommand.USAGE;
    }
}
