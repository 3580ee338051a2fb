"""What stands between a browser and the pages: headers, content policy, body limits, origins, sockets."""
