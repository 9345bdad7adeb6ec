using System;
using System.Management.Automation;

namespace LlmMemory.Shell.Output;

/// <summary>Writes results as data, one after the other. Disposing ends the document, whatever happened before.</summary>
internal interface IRecordWriter : IDisposable
{
    void Write(PSObject? record);
}
