using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace LlmMemory.Shell.Hosting;

/// <summary>The console's size. What else a raw interface could do, this shell does not need.</summary>
internal sealed class ConsoleRawUserInterface : PSHostRawUserInterface
{
    private const int DefaultWidth = 120;
    private const int DefaultHeight = 50;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override Size BufferSize
    {
        get => new(Width(), Console.IsOutputRedirected ? DefaultHeight : Console.WindowHeight);
        set => throw new NotSupportedException();
    }

    public override Size WindowSize
    {
        get => BufferSize;
        set => throw new NotSupportedException();
    }

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override Size MaxWindowSize => BufferSize;

    public override Coordinates CursorPosition { get; set; }

    public override Coordinates WindowPosition { get; set; }

    public override int CursorSize { get; set; } = 1;

    public override bool KeyAvailable => false;

    public override string WindowTitle { get; set; } = string.Empty;

    public override void FlushInputBuffer()
    {
        // Lines are read whole; nothing is buffered here.
    }

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        throw new NotSupportedException();
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle)
    {
        throw new NotSupportedException();
    }

    public override void ScrollBufferContents(
        Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill)
    {
        throw new NotSupportedException();
    }

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents)
    {
        throw new NotSupportedException();
    }

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        throw new NotSupportedException();
    }

    private static int Width()
    {
        if (!Console.IsOutputRedirected && Console.WindowWidth > 0)
        {
            return Console.WindowWidth;
        }

        var columns = Environment.GetEnvironmentVariable("COLUMNS");
        return int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width > 0
            ? width
            : DefaultWidth;
    }
}
