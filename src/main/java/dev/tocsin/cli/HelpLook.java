package dev.tocsin.cli;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * How {@code --help} looks, for all commands alike. A command says its {@code description}, {@code exitCodeList} and, as
 * {@code footer}, two to four examples; headings come from here.
 */
final class HelpLook {
    private static final int WIDTH = 80;

    private HelpLook() {}

    /** Dresses a command and those below it. */
    static void dress(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.width(WIDTH)
                .parameterListHeading("%nArguments:%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading(usage.exitCodeList().isEmpty() ? "" : "%nExit status:%n")
                .footerHeading(usage.footer().length == 0 ? "" : "%nExamples:%n");
        command.getSubcommands().values().forEach(HelpLook::dress);
    }

    /** {@code help}: the help of a command, said as the others say theirs. */
    static CommandLine helpCommand() {
        CommandLine help = new CommandLine(new HelpCommand());
        help.getCommandSpec()
                .usageMessage()
                .header(new String[0])
                .synopsisHeading("Usage: ")
                .description("Prints the help of a command, or of tocsin.")
                .exitCodeList(new TreeMap<>(Map.of("0", "printed", "2", "no such command")))
                .footer("  tocsin help run", "  tocsin help classify");
        return help;
    }
}
