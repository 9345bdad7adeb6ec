namespace LlmMemory.Shell.Interactive;

/// <summary>A line and where the cursor stands in it.</summary>
internal readonly record struct EditedLine(string Text, int Cursor);
