using System;
using System.Management.Automation;

namespace LlmMemory.Shell.Output;

/// <summary>Writes objects as data, one after the other. Disposing of it ends the output properly.</summary>
internal interface IRecordWriter : IDisposable
{
    /// <summary>Writes one object.</summary>
    void Write(PSObject record);
}
