using System.Threading;

namespace LlmMemory.Sources.Hub;

/// <summary>What reading one model has cost so far. It is counted on many threads at once.</summary>
internal sealed class HubTally
{
    private long _requests;
    private long _fileBytes;

    /// <summary>Requests that were sent: redirects and repetitions are requests, too.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Bytes that were received of the model's files.</summary>
    public long FileBytes => Interlocked.Read(ref _fileBytes);

    /// <summary>Counts a request.</summary>
    public void CountRequest()
    {
        Interlocked.Increment(ref _requests);
    }

    /// <summary>Counts bytes of a file.</summary>
    /// <param name="bytes">The bytes.</param>
    public void CountFileBytes(int bytes)
    {
        Interlocked.Add(ref _fileBytes, bytes);
    }
}
