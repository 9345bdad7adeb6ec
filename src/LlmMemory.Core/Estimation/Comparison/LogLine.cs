namespace LlmMemory.Estimation.Comparison;

/// <summary>One line of a log, without colours.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">Its text.</param>
internal readonly record struct LogLine(int Number, string Text);
