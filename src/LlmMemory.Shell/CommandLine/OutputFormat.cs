namespace LlmMemory.Shell.CommandLine;

/// <summary>How results are written to standard output.</summary>
internal enum OutputFormat
{
    /// <summary>As PowerShell shows them: tables and lists.</summary>
    Text,

    /// <summary>One JSON array.</summary>
    Json,

    /// <summary>One table with a header line.</summary>
    Csv,

    /// <summary>One JSON value a line.</summary>
    Jsonl,
}
