using System;
using System.Management.Automation.Host;

namespace LlmMemory.Tests.Hosting;

/// <summary>A screen of a fixed width that nobody looks at.</summary>
internal sealed class FixedSizeRawUserInterface(int width) : PSHostRawUserInterface
{
    public override ConsoleColor BackgroundColor { get; set; }

    public override Size BufferSize { get; set; } = new(width, 1000);

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; }

    public override ConsoleColor ForegroundColor { get; set; }

    public override bool KeyAvailable => false;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Size MaxWindowSize => WindowSize;

    public override Coordinates WindowPosition { get; set; }

    public override Size WindowSize { get; set; } = new(width, 50);

    public override string WindowTitle { get; set; } = string.Empty;

    public override void FlushInputBuffer()
    {
        // There is no input.
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle)
    {
        throw new NotSupportedException();
    }

    public override KeyInfo ReadKey(ReadKeyOptions options)
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
}
