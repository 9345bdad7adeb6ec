using System.Management.Automation;

namespace LlmMemory.Shell.Hosting;

/// <summary>One line of progress that the next message overwrites; nothing where no terminal is.</summary>
internal sealed class ProgressLine(TextStream messages)
{
    private const string ToStartAndErase = "\r\e[K";

    private bool _isShown;

    public void Show(ProgressRecord record)
    {
        Clear();
        if (messages.IsDecorated && record.RecordType != ProgressRecordType.Completed)
        {
            messages.Write(Cut(Text(record)));
            _isShown = true;
        }
    }

    public void Clear()
    {
        if (_isShown)
        {
            messages.Write(ToStartAndErase);
            _isShown = false;
        }
    }

    private static string Text(ProgressRecord record)
    {
        var percent = record.PercentComplete >= 0 ? $" {record.PercentComplete}%" : string.Empty;
        return $"{record.Activity}: {record.StatusDescription}{percent}";
    }

    // A line that wraps could not be erased again.
    private static string Cut(string text)
    {
        var width = ConsoleSize.Width - 1;
        return text.Length > width ? text[..width] : text;
    }
}
