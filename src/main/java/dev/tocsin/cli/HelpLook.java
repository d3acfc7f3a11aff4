package dev.tocsin.cli;

import picocli.CommandLine;
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
}
