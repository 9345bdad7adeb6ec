using System;
using System.Management.Automation.Host;

namespace LlmMemory.Shell.Hosting;

/// <summary>The size of the console, which the formatter asks for. Nothing here draws on the screen.</summary>
internal sealed class ShellRawUserInterface : PSHostRawUserInterface
{
    public override Size BufferSize
    {
        get => new(ConsoleSize.Width, ConsoleSize.Height);
        set => throw NotDrawn();
    }

    public override Size WindowSize
    {
        get => BufferSize;
        set => throw NotDrawn();
    }

    public override Size MaxWindowSize => BufferSize;

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override Coordinates WindowPosition { get; set; }

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; }

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override string WindowTitle { get; set; } = string.Empty;

    public override bool KeyAvailable => false;

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        throw NotDrawn();
    }

    public override void FlushInputBuffer()
    {
        // Keys are read as whole lines only.
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle)
    {
        throw NotDrawn();
    }

    public override void ScrollBufferContents(
        Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill)
    {
        throw NotDrawn();
    }

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents)
    {
        throw NotDrawn();
    }

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        throw NotDrawn();
    }

    private static HostException NotDrawn()
    {
        return new HostException("This shell writes lines; it neither draws on the screen nor reads single keys.");
    }
}
