using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Launching.Text;

/// <summary>
/// A command of a shell: comments, the program, and a line for each setting. A setting without a dash in front of its
/// name stands by its place alone; those that come first share the program's line.
/// </summary>
internal static class CommandText
{
    /// <summary>Writes it.</summary>
    /// <param name="shell">The shell.</param>
    /// <param name="comments">What stands above it, a line each.</param>
    /// <param name="program">The program and its first words.</param>
    /// <param name="settings">The settings; a value of true is a flag alone.</param>
    public static string Write(LaunchShell shell, IEnumerable<string> comments, IReadOnlyList<string> program, IReadOnlyList<LaunchSetting> settings)
    {
        var first = settings.TakeWhile(setting => !IsOption(setting)).ToArray();
        string[] command =
        [
            string.Join(" ", [.. program, .. first.Select(setting => shell.Quote(setting.Text))]),
            .. settings.Skip(first.Length).Select(setting => $"  {Line(shell, setting)}"),
        ];
        return string.Join("\n", [.. comments.Select(comment => $"# {comment}"), shell.Join(command)]);
    }

    // Names of options are the targets' own and hold nothing that a shell reads.
    private static string Line(LaunchShell shell, LaunchSetting setting)
    {
        return !IsOption(setting) ? shell.Quote(setting.Text)
            : setting.Value is true ? setting.Name
            : $"{setting.Name} {shell.Quote(setting.Text)}";
    }

    private static bool IsOption(LaunchSetting setting)
    {
        return setting.Name.StartsWith("-", StringComparison.Ordinal);
    }
}
