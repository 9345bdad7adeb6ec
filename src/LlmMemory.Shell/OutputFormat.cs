namespace LlmMemory.Shell;

/// <summary>How objects are written. The names are the option's values.</summary>
internal enum OutputFormat
{
    /// <summary>The module's own views, as PowerShell draws them.</summary>
    Text,

    /// <summary>One JSON array of all objects.</summary>
    Json,

    /// <summary>Comma-separated values with a header.</summary>
    Csv,

    /// <summary>One JSON object a line, as they come.</summary>
    Jsonl,
}
